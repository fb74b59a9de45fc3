// `deployline/remark`

/** The options of the plugin, on top of which each block has its own. */
export interface Options {
  /** Whether every block becomes a live element; a block alone says `live`. */
  live?: boolean;
  /** Whether a mistake in a block ends the build; else it is a warning. */
  strict?: boolean;
}

/** Replaces the blocks of the language `deployline` by pictures of their deployments. */
export default function deployline(
  this: unknown,
  options?: Options,
): (tree: unknown, file: unknown) => void;
