/** Reports of searches, of fronts, and of rankings over epochs, with their JSON. */
package dsa.analysis.report.search;
