package dsa.cli;

import dsa.cli.console.Console;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes commands: those that speak to the user are handed the console, so that no command needs to
 * know the program that it is a part of.
 */
final class CommandFactory implements IFactory {

  private final Console console;
  private final IFactory others = CommandLine.defaultFactory();

  CommandFactory(Console console) {
    this.console = console;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      return type.getConstructor(Console.class).newInstance(console);
    } catch (NoSuchMethodException e) {
      return others.create(type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    }
  }
}
