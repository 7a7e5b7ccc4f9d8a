/**
 * Drawings of single networks. Start with {@link dsa.figures.diagram.NetworkDiagram} (a network
 * becomes a drawing) and {@link dsa.figures.diagram.DrawingFile} (a drawing becomes a file).
 * Figures of populations are in {@code dsa.figures}.
 */
package dsa.figures.diagram;
