import { downloadImage } from "../../src/registry/download-image.ts";

// Downloads an image until it is killed, saying how far each blob is.
const [, , reference = "", folder = ""] = process.argv;
await downloadImage(reference, {
  folder,
  dockerConfig: folder,
  choosePlatform: () => {
    throw new Error("there is nothing to choose");
  },
  onProgress: ({ blobBytesDone, blobBytesTotal }) => console.log(`${blobBytesDone} of ${blobBytesTotal}`),
});
