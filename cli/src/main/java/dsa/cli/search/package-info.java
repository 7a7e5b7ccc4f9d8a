/** Commands that search tables of trained networks, and judge searches. */
package dsa.cli.search;
