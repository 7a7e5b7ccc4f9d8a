/** Reports as one file for a browser. */
package dsa.figures.html;
