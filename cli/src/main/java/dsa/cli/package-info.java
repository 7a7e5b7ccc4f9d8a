/**
 * The commands. One class each: it parses, delegates and prints; no arithmetic is done here. Start
 * with {@code Dsa}.
 */
package dsa.cli;
