/**
 * Why something of an image is never written. Walking only notes it; selecting refuses it, with these words after the path and this
 * hint. Whatever readers of layers disagree about has a flaw: the bytes that one of them checks would not be the bytes that another
 * one runs.
 */
export const flaws = {
  leavesImage: {
    why: "a name in the image leads out of it",
    hint: "Build the image again with names that stay inside.",
  },
  dots: { why: "its name in the image has .. in it", hint: "Build the image again with plain names." },
  doubleSlash: {
    why: "its name in the image begins with two slashes",
    hint: "Build the image again with plain names.",
  },
  tooLong: {
    why: "its name is longer or deeper than a computer can hold",
    hint: "Give the file a shorter name, in fewer folders.",
  },
  behindLink: {
    why: "it was put there through a link",
    hint: "Copy it to the folder itself, not to a link that leads to it.",
  },
  twice: {
    why: "one layer holds it more than once",
    hint: "Build the image again with a builder that writes each file once.",
  },
  fileAndFolder: {
    why: "one layer holds it both as a file and as a folder",
    hint: "Build the image again with different names for the two.",
  },
  hardLinkNowhere: {
    why: "it is a hard link to nothing that came before it",
    hint: "Put the file itself there.",
  },
  hardLinkOut: { why: "it is a hard link that leads out of the image", hint: "Put the file itself there." },
  hardLinkThroughLink: {
    why: "it is a hard link that leads through another link",
    hint: "Put the file itself there.",
  },
  hardLinkFolder: { why: "it is a hard link to a folder", hint: "Put the folder itself there." },
  whiteout: {
    why: "a malformed deletion in the image is about it",
    hint: "Build the image again: a deletion is an empty file whose name is .wh. and the name of what is deleted.",
  },
} as const;

export type Flaw = keyof typeof flaws;
