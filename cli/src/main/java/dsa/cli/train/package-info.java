/** Commands that train, and look at what trains: machines, images, sweeps. */
package dsa.cli.train;
