/**
 * Figures as files. Start with {@link dsa.figures.render.FigureWriter}. Everything of the chart
 * library and of AWT stays inside this package (decision 0008).
 */
package dsa.figures.render;
