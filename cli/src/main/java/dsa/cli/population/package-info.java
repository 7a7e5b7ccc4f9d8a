/** Commands that make populations, and the arguments that name them. */
package dsa.cli.population;
