/**
 * Searches, many times over, and what they say: start with {@link dsa.search.study.SearchStudy}.
 */
package dsa.search.study;
