package dsa.cli.console;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, as its jar says. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"dsa " + number()};
  }

  /** Such as {@code 0.1.0}. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
