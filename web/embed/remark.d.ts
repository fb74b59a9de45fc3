// `deployline/remark`

/** Options of the plugin, for all blocks; each block may have its own. */
export interface Options {
  /** `true` makes every block a live element; the option `live` of a block makes only this one. */
  live?: boolean;
  /** `true` ends the build at a mistake in a block; else it is a warning. */
  strict?: boolean;
}

/** Replaces the blocks of the language `deployline` by pictures of their deployments. */
export default function deployline(
  this: unknown,
  options?: Options,
): (tree: unknown, file: unknown) => void;
