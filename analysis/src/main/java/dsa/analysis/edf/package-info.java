/** Distribution functions. Start with {@link dsa.analysis.edf.Edf}. */
package dsa.analysis.edf;
