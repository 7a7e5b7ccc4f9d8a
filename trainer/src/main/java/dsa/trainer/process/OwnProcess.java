package dsa.trainer.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this module, to be started as a process of its own by the same Java. */
public final class OwnProcess {

  private OwnProcess() {}

  /**
   * The words that start it, with the class path and the system properties of this process.
   *
   * @param main class of the program
   * @param jvmOptions of the new process; a property among them counts more than one passed on
   * @param arguments of the program
   */
  public static List<String> command(Class<?> main, List<String> jvmOptions, List<String> arguments) {
    return command(
        ManagementFactory.getRuntimeMXBean().getInputArguments(), main, jvmOptions, arguments);
  }

  /** The same for a process that was itself given the options {@code own}. */
  public static List<String> command(
      List<String> own, Class<?> main, List<String> jvmOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    own.stream().filter(option -> option.startsWith("-D")).forEach(command::add);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
