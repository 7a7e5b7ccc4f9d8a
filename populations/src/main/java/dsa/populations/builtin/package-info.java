/**
 * The populations that come with the program, as resources: {@link
 * dsa.populations.builtin.BuiltInPopulations}.
 */
package dsa.populations.builtin;
