package dsa.cli.train;

import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.ProgressMeter;
import dsa.cli.console.Remedies;
import dsa.cli.console.Require;
import dsa.core.io.MalformedFileException;
import dsa.figures.table.Column;
import dsa.figures.table.Table;
import dsa.figures.table.TextTable;
import dsa.trainer.data.CifarCheck;
import dsa.trainer.data.CifarCheck.CheckedFile;
import dsa.trainer.data.CifarFetch;
import dsa.trainer.data.CifarFetch.Fetched;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Brings the images that networks are trained on, and looks after them. */
@Command(
    name = "data",
    description = "Get CIFAR-10, which networks are trained on, and make sure that it is whole.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "ACTION",
    subcommands = {
      DataCommand.Fetch.class,
      DataCommand.Verify.class,
      DataCommand.Where.class,
    },
    footer = {
      "",
      "Examples:",
      "  dsa data fetch",
      "  dsa data verify",
      "",
      "Reads: the network, or files named with --from.  Writes: the six files of CIFAR-10, 184 MB."
    })
public final class DataCommand implements Runnable {

  private final Console console;
  @Spec private CommandSpec spec;

  /** The command, speaking to {@code console}. */
  public DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "fetch, verify or where?");
  }

  @Command(
      name = "fetch",
      description = {
        "Download CIFAR-10 (162 MiB) or take it from files that are here, and check it.",
        "",
        "A download that was cut short goes on where it ended. Files get their names when all of them are right."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  dsa data fetch",
        "  dsa data fetch --mirror https://example.org/cifar-10-binary.tar.gz",
        "  dsa data fetch --from cifar-10-binary.tar.gz --data images",
        "",
        "Reads: the network, or what --from names.  Writes: six files and batches.meta.txt in the folder."
      })
  static final class Fetch implements Callable<Integer> {

    @ParentCommand private DataCommand command;
    @Spec private CommandSpec spec;

    @Mixin private DataOption data;

    @Option(
        names = "--mirror",
        paramLabel = "URL",
        description = "Address of the archive to try before the official one. Repeatable.")
    private List<String> mirrors = List.of();

    @Option(
        names = "--from",
        paramLabel = "SOURCE",
        description =
            "Take it from here only: a .tar.gz archive, a folder of .bin or .bin.xz files, or an address.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--keep-archive", description = "Keep the downloaded archive in the folder.")
    private boolean keepArchive;

    @Override
    public Integer call() throws IOException, InterruptedException {
      boolean local = source.isPresent() && !isAddress(source.get());
      Require.that(
          source.isEmpty() || mirrors.isEmpty(), spec, "--mirror has no meaning with --from");
      Require.that(
          !(local && keepArchive), spec, "--keep-archive has no meaning with files of your own");
      List<URI> addresses = new ArrayList<>();
      for (String mirror : mirrors) {
        addresses.add(address("--mirror", mirror));
      }
      Path folder = data.folder();
      Fetched fetched;
      try (ProgressMeter meter = new ProgressMeter(command.console, "fetching")) {
        CifarFetch fetch =
            CifarFetch.withDefaults().mirrors(addresses).keepArchive(keepArchive).watchedBy(meter);
        if (local) {
          fetched = fetch.from(Path.of(source.get()), folder);
        } else if (source.isPresent()) {
          fetched = fetch.from(address("--from", source.get()), folder);
        } else {
          fetched = fetch.into(folder);
        }
      }
      PrintWriter err = command.console.err();
      fetched.refusals().forEach(refusal -> err.println("not from there: " + refusal));
      command
          .console
          .out()
          .println(
              fetched.source().isPresent()
                  ? "complete: " + fetched.check().folder() + ", from " + fetched.source().get()
                  : "already complete: " + fetched.check().folder());
      return ExitCode.OK;
    }

    private static boolean isAddress(String text) {
      return text.contains("://");
    }

    private URI address(String option, String text) {
      URI address = null;
      try {
        address = URI.create(text);
      } catch (IllegalArgumentException e) {
        // null: no address at all
      }
      Require.that(
          address != null
              && address.getHost() != null
              && ("http".equalsIgnoreCase(address.getScheme())
                  || "https".equalsIgnoreCase(address.getScheme())),
          spec,
          option + " " + text + " is no address like https://example.org/cifar-10-binary.tar.gz");
      return address;
    }
  }

  @Command(
      name = "verify",
      description = "Compare the six files with the published checksums.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Examples:",
        "  dsa data verify",
        "  dsa data verify images",
        "",
        "Reads: the six files.  Writes: nothing."
      })
  static final class Verify implements Callable<Integer> {

    @ParentCommand private DataCommand command;

    @Parameters(
        arity = "0..1",
        paramLabel = "FOLDER",
        description = "Where the files are. Default: what 'dsa data where' prints.")
    private Optional<Path> folder = Optional.empty();

    @Override
    public Integer call() throws IOException {
      CifarCheck check = CifarCheck.of(DataOption.folder(folder));
      command.console.out().print(TextTable.of(table(check)));
      check.orElseThrow();
      return ExitCode.OK;
    }

    private static Table table(CifarCheck check) {
      Table.Builder table =
          Table.of(
              Column.text("file"),
              Column.count("bytes"),
              Column.text(check.algorithm()),
              Column.text("state"));
      for (CheckedFile file : check.files()) {
        table.row(file.name(), file.bytes(), file.sum(), file.fault().orElse("ok"));
      }
      return table.build();
    }
  }

  @Command(
      name = "where",
      description = {
        "Print the folder of CIFAR-10 on standard output.",
        "",
        "Standard error says whether it is complete. The folder is that of --data, else of the variable DSA_DATA, else dsa/cifar-10 "
            + "where programs keep their data: $XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support on macOS, %%LOCALAPPDATA%% "
            + "on Windows."
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {"", "Examples:", "  dsa data where", "", "Reads: the six files.  Writes: nothing."})
  static final class Where implements Callable<Integer> {

    @ParentCommand private DataCommand command;

    @Mixin private DataOption data;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      Path folder = data.folder();
      command.console.out().println(folder);
      command.console.err().println(state(folder));
      return ExitCode.OK;
    }

    private String state(Path folder) throws IOException {
      try {
        CifarCheck check = CifarCheck.of(folder);
        check.orElseThrow();
        return "complete: " + check.dataset();
      } catch (MalformedFileException e) {
        return "not complete: "
            + e.getMessage()
            + e.remedy().map(remedy -> "; " + Remedies.words(remedy, spec)).orElse("");
      }
    }
  }
}
