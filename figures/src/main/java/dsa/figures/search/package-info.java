/** Figures of searches, fronts and rankings. */
package dsa.figures.search;
