/**
 * Figures as files. Start with {@link dsa.figures.render.FigureWriter}; {@code FigurePainter} lays
 * a figure out, and a {@code Canvas} for each format holds what it draws. Everything of AWT and of
 * the PDF library stays inside this package (decision 0033).
 */
package dsa.figures.render;
