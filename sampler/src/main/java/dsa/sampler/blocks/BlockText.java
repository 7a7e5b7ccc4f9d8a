package dsa.sampler.blocks;

/**
 * A template of a block space, or arithmetic in one.
 *
 * @param key where it stands in the space's file, such as {@code stages[1].block}
 */
record BlockText(String key, String text) {}
