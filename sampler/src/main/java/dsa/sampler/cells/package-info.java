/** Spaces of networks of two cells. Start with {@link dsa.sampler.cells.CellSpace}. */
package dsa.sampler.cells;
