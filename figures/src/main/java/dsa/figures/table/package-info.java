/**
 * Tables as data and their text forms. Start with {@link dsa.figures.table.Table}; {@link
 * dsa.figures.table.TextTable} is for terminals, {@link dsa.figures.table.LatexTable} for papers.
 * All digits are ASCII in every locale.
 */
package dsa.figures.table;
