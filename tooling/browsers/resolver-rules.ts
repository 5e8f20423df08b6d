const loopback: readonly string[] = ["127.0.0.1", "localhost"];

/**
 * The names that Chromium's `--host-resolver-rules` send to this computer, for Firefox, which can do no more than that.
 * @throws TypeError for a rule other than `MAP <name> 127.0.0.1` or `MAP <name> localhost`, `<name>` being one name.
 */
export function loopbackNames(rules: string): readonly string[] {
  return rules.split(",").map((rule) => {
    const [verb, name = "*", target = "", ...rest] = rule.trim().split(/\s+/u);
    if (verb !== "MAP" || name.includes("*") || !loopback.includes(target) || rest.length > 0) {
      throw new TypeError(`Firefox can only map one name to 127.0.0.1, not ${JSON.stringify(rule.trim())}`);
    }
    return name;
  });
}
