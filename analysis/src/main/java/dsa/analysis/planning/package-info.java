/**
 * How many models a claim needs: {@link dsa.analysis.planning.SampleSizeStudy} for how closely n
 * models describe a space, {@link dsa.analysis.planning.AreaPower} for the size at which a
 * difference between two spaces is seen.
 */
package dsa.analysis.planning;
