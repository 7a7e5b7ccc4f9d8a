/**
 * Where a command speaks to its user, and what all commands share: formats of output, exit codes,
 * checks of options, remedies in the words of options. It knows no command.
 */
package dsa.cli.console;
