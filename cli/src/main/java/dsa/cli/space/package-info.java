/** Commands about design spaces and networks: what there is, what it costs, draws, drawings. */
package dsa.cli.space;
