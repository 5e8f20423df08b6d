import * as fs from "node:fs";
import { promisify } from "node:util";

// What listing needs of `node:fs/promises`. That module loads Node's line editor among other things, 3 ms of processor time: a tenth of
// a short program, which only a writer should pay.

/** As in `node:fs/promises`. */
export const readFile: typeof fs.readFile.__promisify__ = promisify(fs.readFile);

/** As in `node:fs/promises`. */
export const readdir: typeof fs.readdir.__promisify__ = promisify(fs.readdir);

/** As in `node:fs/promises`. */
export const readlink: typeof fs.readlink.__promisify__ = promisify(fs.readlink);

/** As in `node:fs/promises`. */
export const lstat: typeof fs.lstat.__promisify__ = promisify(fs.lstat);
