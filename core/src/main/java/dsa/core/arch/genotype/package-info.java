/** Cells as other programs print and store them: start with {@link dsa.core.arch.genotype.Genotype}. */
package dsa.core.arch.genotype;
