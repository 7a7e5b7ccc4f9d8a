/**
 * Figures as data. Start with {@link dsa.figures.EdfFigure}, which makes a {@link
 * dsa.figures.Figure} from distribution functions; {@code dsa.figures.render} turns figures into
 * files, {@code dsa.figures.terminal} into text. Nothing here touches a chart library.
 */
package dsa.figures;
