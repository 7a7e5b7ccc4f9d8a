/**
 * Figures as text. Start with {@link dsa.figures.terminal.TerminalPlot}. Nothing here touches AWT,
 * so that printing a plot costs no start-up time.
 */
package dsa.figures.terminal;
