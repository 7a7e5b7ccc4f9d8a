package dsa.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This very program, to be started again as a process of its own. */
final class OwnProcess {

  private OwnProcess() {}

  /**
   * The words that start it, with the system properties that this process was given.
   *
   * @param jvmOptions of the new process; a property among them counts more than one passed on
   * @param arguments of the program
   */
  static List<String> command(List<String> jvmOptions, List<String> arguments) {
    return command(ManagementFactory.getRuntimeMXBean().getInputArguments(), jvmOptions, arguments);
  }

  /** The same for a process that was itself given the options {@code own}. */
  static List<String> command(List<String> own, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    own.stream().filter(option -> option.startsWith("-D")).forEach(command::add);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
