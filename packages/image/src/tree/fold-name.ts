/**
 * The same for all names that some file system takes for one: whatever their case, composed or not, with or without characters that
 * nobody sees, `ß` and `ss`, and the `i` of every language. Some that no file system confuses are taken for one too.
 */
export function foldName(name: string): string {
  if (/^[\0-\x7f]*$/u.test(name)) return name.toUpperCase();
  return name
    .normalize("NFD")
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .toUpperCase()
    .normalize("NFD")
    .replaceAll("I\u0307", "I");
}
