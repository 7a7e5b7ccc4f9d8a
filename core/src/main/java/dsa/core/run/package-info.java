/**
 * What training came to. Start with {@link dsa.core.run.Population} (the models a comparison
 * reads); single runs, as a sweep logs them, are {@code RunRecord}s. Statistics are in {@code
 * dsa.analysis}.
 */
package dsa.core.run;
