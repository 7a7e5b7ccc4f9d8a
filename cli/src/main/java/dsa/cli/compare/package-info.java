/** Commands that compare populations and plan comparisons. */
package dsa.cli.compare;
