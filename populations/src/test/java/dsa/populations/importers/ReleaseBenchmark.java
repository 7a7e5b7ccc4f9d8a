package dsa.populations.importers;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures how fast the importer reads a file in the release's schema, in a process of its own:
 *
 * <pre>
 * java -cp … dsa.populations.importers.ReleaseBenchmark write FILE MEGABYTES VALUES
 * java -Xmx256m -cp … dsa.populations.importers.ReleaseBenchmark read FILE
 * </pre>
 *
 * VALUES is the number of values of each of the two curves by iteration; the three curves by epoch
 * have 100. The networks are drawn from the ResNet grid, the numbers are random.
 */
final class ReleaseBenchmark {

  private static final int[] DEPTHS = {1, 2, 3, 4, 6, 8, 12, 16, 24};
  private static final int[] WIDTHS = {16, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256};

  private ReleaseBenchmark() {}

  /** Writes or reads the file. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[1]);
    if (args[0].equals("write")) {
      write(file, Long.parseLong(args[2]) << 20, Integer.parseInt(args[3]));
      return;
    }
    PrintWriter out =
        new PrintWriter(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    long start = System.nanoTime();
    Imported imported = NdsImporter.read(List.of(file), List.of(), ImportOptions.withDefaults());
    double seconds = (System.nanoTime() - start) / 1e9;
    imported.report().remarks().forEach(out::println);
    out.println("seconds: " + seconds);
    out.println("MB/s: " + Files.size(file) / 1e6 / seconds);
  }

  private static void write(Path file, long bytes, int values) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      long written = 0;
      for (int job = 0; written < bytes; job++) {
        StringBuilder text = new StringBuilder(job == 0 ? "[" : ",\n");
        record(text, job, values);
        out.print(text);
        written += text.length();
      }
      out.println("]");
    }
  }

  private static void record(StringBuilder text, int job, int values) {
    RandomStream random = SeedPath.root(1).child("benchmark").child(job).generator();
    text.append("{\"job_id\": ")
        .append(job)
        .append(", \"rng_seed\": 1, \"net\": {\"block_type\": ");
    text.append("\"res_basic_block\", \"ds\": [1");
    for (int i = 0; i < 3; i++) {
      text.append(", ").append(DEPTHS[random.nextInt(DEPTHS.length)]);
    }
    text.append("], \"ws\": [16");
    for (int i = 0; i < 3; i++) {
      text.append(", ").append(WIDTHS[random.nextInt(WIDTHS.length)]);
    }
    text.append("], \"ss\": [1, 1, 2, 2]}, \"optim\": {\"base_lr\": 0.1, \"wd\": 0.0005, ");
    text.append("\"max_ep\": 100}, \"params\": 594138, \"flops\": 184519578, \"exp_mem\": 1.25, ");
    text.append("\"prec_time\": {\"fw\": 0.0125, \"bw\": 0.0251}, \"iter_time\": 0.059, ");
    text.append("\"min_test_top1\": ").append(5 + random.nextInt(500) / 100.0);
    for (String curve : List.of("train_ep_loss", "train_ep_top1", "test_ep_top1")) {
      curve(text, curve, 100, random);
    }
    for (String curve : List.of("train_it_loss", "train_it_top1")) {
      curve(text, curve, values, random);
    }
    text.append('}');
  }

  private static void curve(StringBuilder text, String name, int values, RandomStream random) {
    text.append(", \"").append(name).append("\": [");
    for (int i = 0; i < values; i++) {
      text.append(i == 0 ? "" : ", ").append(random.nextInt(100_000) / 1000.0);
    }
    text.append(']');
  }
}
