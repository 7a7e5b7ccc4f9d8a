/**
 * What repeated searches come to: start with {@link dsa.analysis.trajectory.Trajectories} and
 * {@link dsa.analysis.trajectory.SignalledRandomSearch}, the yardstick. How searches run is
 * elsewhere; here they are columns of numbers.
 */
package dsa.analysis.trajectory;
