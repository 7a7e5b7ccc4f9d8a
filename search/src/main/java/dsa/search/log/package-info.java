/** Searches on disk, so that one that is interrupted goes on where it was. */
package dsa.search.log;
