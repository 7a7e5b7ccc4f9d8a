package dsa.cli;

import dsa.cli.compare.AgreementCommand;
import dsa.cli.compare.BestRangeCommand;
import dsa.cli.compare.CompareCommand;
import dsa.cli.compare.EdfCommand;
import dsa.cli.compare.RankMapCommand;
import dsa.cli.compare.SampleSizeCommand;
import dsa.cli.compare.SearchEfficiencyCommand;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputGuard;
import dsa.cli.console.Remedies;
import dsa.cli.console.Version;
import dsa.cli.population.CollectCommand;
import dsa.cli.population.ImportCommand;
import dsa.cli.population.PopulationsCommand;
import dsa.cli.search.ParetoCommand;
import dsa.cli.search.SearchCommand;
import dsa.cli.search.SearchCompareCommand;
import dsa.cli.space.ComplexityCommand;
import dsa.cli.space.DescribeCommand;
import dsa.cli.space.SampleCommand;
import dsa.cli.space.ShowCommand;
import dsa.cli.space.SpacesCommand;
import dsa.cli.train.DataCommand;
import dsa.cli.train.DoctorCommand;
import dsa.cli.train.PackCommand;
import dsa.cli.train.StatusCommand;
import dsa.cli.train.TrainCommand;
import dsa.core.DecimalNumber;
import dsa.core.FileFailure;
import dsa.core.io.Remediable;
import dsa.trainer.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The program's top command. Each subcommand is a class of its own that parses, delegates and
 * prints.
 */
@Command(
    name = "dsa",
    description = {
      "Compare spaces of neural networks, not single networks.",
      "",
      "A design space is judged by the error distribution of many models drawn from it, with"
          + " complexity taken out."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  dsa compare data/example-narrow.csv data/example-wide.csv",
      "  dsa help compare",
      "",
      "Exit codes: 0 done, 1 internal failure, 2 usage, 3 bad input, 4 sweep done with failed runs."
    })
final class Dsa implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          SpacesCommand.class,
          DescribeCommand.class,
          SampleCommand.class,
          ComplexityCommand.class,
          ShowCommand.class,
          DataCommand.class,
          TrainCommand.class,
          PackCommand.class,
          StatusCommand.class,
          CollectCommand.class,
          ImportCommand.class,
          PopulationsCommand.class,
          CompareCommand.class,
          EdfCommand.class,
          SearchEfficiencyCommand.class,
          SampleSizeCommand.class,
          BestRangeCommand.class,
          SearchCommand.class,
          SearchCompareCommand.class,
          ParetoCommand.class,
          RankMapCommand.class,
          AgreementCommand.class,
          DoctorCommand.class,
          AutoComplete.GenerateCompletion.class,
          CommandLine.HelpCommand.class);

  /** As picocli lists the constants of an enum. */
  private static final Pattern ONE_OF =
      Pattern.compile("expected one of \\[([A-Z0-9_, ]+)] \\(case-insensitive\\) but was '(.*)'");

  /** In which names of files and arguments come and go. */
  private static final String JNU = System.getProperty("sun.jnu.encoding", "UTF-8");

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where a failure came from.")
  private boolean stacktrace;

  private Dsa(Console console) {
    this.console = console;
  }

  /** Runs one command against plain writers and returns the exit code. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, Console.plain(out, err));
  }

  /** Runs one command and returns the exit code. */
  static int run(String[] typed, Console console) {
    String[] args = helpOfInnermost(typed);
    Dsa dsa = new Dsa(console);
    CommandLine line = new CommandLine(dsa, new CommandFactory(console));
    commands(args).forEach(line::addSubcommand);
    // One object for both: JDK 17 crashes over an archive of classes in which two equal method
    // references implement an interface of a class file as old as picocli's.
    ITypeConverter<Double> decimal = Dsa::decimal;
    line.registerConverter(Double.class, decimal)
        .registerConverter(Double.TYPE, decimal)
        .setOut(console.drawnOut())
        .setErr(console.drawnErr())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpWidth(Math.max(80, Math.min(console.columns(), 120)))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler((failure, words) -> dsa.explain(failure))
        .setExecutionStrategy(
            parsed -> {
              ParseResult last = parsed;
              while (last.hasSubcommand()) {
                last = last.subcommand();
              }
              OutputGuard.check(last.commandSpec().commandLine(), last);
              return new CommandLine.RunLast().execute(parsed);
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> dsa.report(failure, command.getCommandSpec()));
    int code;
    try {
      code = line.execute(args);
    } catch (OutOfMemoryError | AssertionError e) {
      if (!isOutOfMemory(e)) {
        throw e;
      }
      code = dsa.outOfMemory();
    }
    console.out().flush();
    console.err().flush();
    return code;
  }

  private static Double decimal(String text) {
    if (!DecimalNumber.is(text)) {
      throw new CommandLine.TypeConversionException("'" + text + "' is not a decimal number");
    }
    return DecimalNumber.parse(text);
  }

  /** {@code help import csv} as {@code import csv --help}; help itself looks one command deep. */
  private static String[] helpOfInnermost(String[] words) {
    if (words.length < 3 || !words[0].equals("help")) {
      return words;
    }
    List<String> command = new ArrayList<>(List.of(words).subList(1, words.length));
    command.add("--help");
    return command.toArray(String[]::new);
  }

  /**
   * The command that {@code args} begin with, for reading the options of all of them takes as long
   * as the work of some; or all, which help and completion list.
   */
  private static List<Class<?>> commands(String[] args) {
    String first = args.length == 0 ? "" : args[0].replace("-", "") + "Command";
    for (Class<?> command : COMMANDS) {
      if (command.getSimpleName().equalsIgnoreCase(first)
          && command != CommandLine.HelpCommand.class) {
        return List.of(command);
      }
    }
    return COMMANDS;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  /** One sentence, what was perhaps meant, and where to read on: not pages of options. */
  private int explain(CommandLine.ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    console.err().println("dsa: " + inPlainWords(failure.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, console.err());
    String name = command.getCommandSpec().qualifiedName();
    console.err().println("'" + name + " --help' tells more.");
    if (stacktrace) {
      failure.printStackTrace(console.err());
    }
    return ExitCode.USAGE;
  }

  /** Types of Java are no words of users. */
  private static String inPlainWords(String message) {
    return ONE_OF
        .matcher(message)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "'"
                        + found.group(2)
                        + "' is none of "
                        + found.group(1).toLowerCase(Locale.ROOT)))
        .replace("' is not a long", "' is not a whole number")
        .replace("' is not an int", "' is not a whole number of at most 2147483647")
        .replace("' is not a double", "' is not a decimal number");
  }

  private int report(Exception failure, CommandSpec command) {
    if (isOutOfMemory(failure)) {
      return outOfMemory();
    }
    boolean input =
        failure instanceof IOException
            || failure instanceof IllegalArgumentException
            || failure instanceof EngineException;
    if (input) {
      console.err().println("dsa: " + sentence(failure) + remedy(failure, command));
    }
    if (stacktrace || !input) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      console.err().print(trace);
    }
    return input ? ExitCode.BAD_INPUT : ExitCode.INTERNAL_FAILURE;
  }

  private static String remedy(Exception failure, CommandSpec command) {
    return failure instanceof Remediable remediable
        ? remediable.remedy().map(remedy -> "; " + Remedies.words(remedy, command)).orElse("")
        : "";
  }

  private static String sentence(Exception failure) {
    if (failure instanceof IOException e) {
      Optional<String> said = FileFailure.sentence(e);
      if (said.isPresent()) {
        return said.get();
      }
    }
    if (failure instanceof InvalidPathException e && !isUnicode(JNU)) {
      return "'"
          + e.getInput()
          + "' has characters that the locale, "
          + JNU
          + ", has no bytes for; set LC_ALL=C.UTF-8 in the environment";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static boolean isUnicode(String charset) {
    return charset.toUpperCase(Locale.ROOT).startsWith("UTF");
  }

  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private int outOfMemory() {
    console
        .err()
        .println(
            "dsa: out of memory: Java may use "
                + Runtime.getRuntime().maxMemory() / (1 << 20)
                + " MB here; allow it more, as with JAVA_TOOL_OPTIONS=-Xmx8g in the environment, or"
                + " ask for less: fewer models, populations or resamples");
    return ExitCode.BAD_INPUT;
  }
}
