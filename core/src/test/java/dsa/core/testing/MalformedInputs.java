package dsa.core.testing;

import dsa.core.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as users have them: cut short, spliced, in another encoding, in a damaged archive. */
public final class MalformedInputs {

  private MalformedInputs() {}

  /** {@code sound} after one to three accidents. */
  public static byte[] damaged(byte[] sound, RandomStream random) throws IOException {
    byte[] bytes = sound;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bytes = mutate(bytes, random);
    }
    return wrapped(bytes, random);
  }

  private static final List<String> NASTY =
      List.of(
          "NaN",
          "-Infinity",
          "1e999999999",
          "-1e-999999999",
          "9".repeat(400),
          "1" + "0".repeat(5000),
          "-1",
          "0",
          "9223372036854775808",
          "2147483648",
          "999999999",
          "null",
          "true",
          "\"\"",
          "\"",
          "\"text\"",
          "{}",
          "[]",
          "[[[[[[[[",
          "[".repeat(100_000),
          "{\"a\":".repeat(50_000),
          ",",
          ";",
          "\t",
          "\r\n",
          "\r",
          "\n",
          "\n\n",
          "\uFEFF",
          "\u0000",
          "#",
          "\u00e9\u4e2d",
          "../../etc/passwd",
          "\"min_test_top1\":1,",
          "dsa.population/2",
          "dsa.run/7",
          " ");

  private static byte[] mutate(byte[] bytes, RandomStream random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(64, bytes.length));
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < 1 + length / 8; i++) {
          flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
      case 2 -> spliced(bytes, at, Math.min(bytes.length, at + length), new byte[0]);
      case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, 0, length));
      case 4 -> spliced(bytes, at, at, nasty(random));
      case 5, 6 -> numberReplaced(bytes, at, nasty(random));
      case 7 -> {
        byte[] noise = new byte[8];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) random.nextInt(256);
        }
        yield spliced(bytes, at, Math.min(bytes.length, at + noise.length), noise);
      }
      default ->
          new String(bytes, StandardCharsets.UTF_8)
              .replace("\n", random.nextBoolean() ? "\r\n" : "\n\uFEFF")
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] nasty(RandomStream random) {
    return NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** The first number after {@code from} replaced. */
  private static byte[] numberReplaced(byte[] bytes, int from, byte[] by) {
    int start = from;
    while (start < bytes.length && !Character.isDigit(bytes[start])) {
      start++;
    }
    int end = start;
    while (end < bytes.length && (Character.isDigit(bytes[end]) || bytes[end] == '.')) {
      end++;
    }
    return spliced(bytes, start, end, by);
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(by);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  /** Mostly the bytes themselves, sometimes in another encoding or in a (damaged) archive. */
  private static byte[] wrapped(byte[] bytes, RandomStream random) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (random.nextInt(20)) {
      case 0 -> text.getBytes(StandardCharsets.UTF_16);
      case 1 -> text.getBytes(StandardCharsets.UTF_16LE);
      case 2 -> ("\u00e9" + text).getBytes(StandardCharsets.ISO_8859_1);
      case 3 -> gzipped(bytes);
      case 4 -> broken(gzipped(bytes), random);
      case 5 -> zipped(random.nextBoolean() ? "ResNet.json" : "../../ResNet.json", bytes);
      case 6 -> broken(zipped("/abs/ResNet.json", bytes), random);
      case 7 -> {
        byte[] archive = zipped("ResNet.json", bytes);
        yield Arrays.copyOf(archive, random.nextInt(archive.length));
      }
      default -> bytes;
    };
  }

  private static byte[] broken(byte[] archive, RandomStream random) {
    archive[random.nextInt(archive.length)] ^= 0x15;
    return archive;
  }

  /** {@code bytes} as a gzip file. */
  public static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** {@code bytes} as an entry of a zip archive. */
  public static byte[] zipped(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(bytes);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  /** Sound files of every format, small enough that a random place is often one that matters. */
  public static List<byte[]> soundFiles() {
    List<String> texts =
        List.of(
            """
            # {"format":"dsa.population/1","name":"a","source":"s","flops":"nds"}
            id,test_error_pct,params,flops,activations,runs,architecture
            m1,6.5,1000,2000,300,1,residual cifar:16 | 1x16 s1 | 2x32 s2
            m2,,1001,2001,,3,
            "m,3",90.0,1002,2002,302,1,bottleneck cifar:16 | 1x64 s1 b16 g2
            """,
            """
            # {"format":"dsa.population/1","name":"b","error":"min","chanceErrorPct":99.9}
            id,test_error_pct
            1,5
            2,NaN
            """,
            runLog(),
            release("\"min_test_top1\":6.42"),
            "{\"top\":" + release("\"test_ep_top1\":[9.5,NaN,7.25]") + ",\"mid\":[]}",
            sweep(),
            """
            d1,d2,d3,w1,w2,w3,params,flops,mean_min_test_top1_error
            12,12,16,24,32,40,808234,216687514,6.083333
            12,12,16,32,24,40,806314,289782682,6.17
            """,
            """
            name;d1;w1;r1;g1;params (M);accuracy
            a;1;64;0,25;2;0,5;0,93
            b;2;64;4;2;0,6;nan
            """,
            """
            arch,acc1,acc2,acc3,params,flops
            00000000,45.31999969482422,45.32,45.4,387882,7713280
            00120002,65.4,66.0,66.1,1219370,20910592
            """,
            """
            model\terror\tparams
            x\t0.05\t100000
            y\t0.06\t200000
            """,
            """
            id,test_error_pct,params,runs,lr,"{""format"":""dsa.population/2"",""name"":""c""}"
            m1,6.5,1000,1,0.1,
            "'=m2",,1001,3,-0.5,
            """,
            """
            {"mean_accuracy": 0.52, "done": false, "training_iteration": 1, "trial_id": "d_0",\
             "config": {"lr": 0.1}}
            {"mean_accuracy": 0.81, "done": true, "training_iteration": 2, "trial_id": "d_0",\
             "config": {"lr": 0.1, "layers": [1, 2]}}
            """,
            """
            {"stats": {"submitted": 2}, "data": [[1, null, 0, null, 0.07, 9.5, 1, 1.0, 2.0, {}],
            [2, null, 0, 27.0, 0.09, 9.5, 8.25, 1, 1.0, 2.0, {}]],
            "configs": {"1": {"lr": 0.1}, "2": {"lr": 0.2}}}
            """,
            """
            {"00000000": {"test_acc": [45.3, 45.4, 45.5], "params": 387882, "flops": 7713280},
            "00120002": {"test_acc": [64.3, 64.2, 64.1], "params": 1219370, "flops": 20910592}}
            """,
            sweep()
                .replace(
                    "\"cfg\":{\"RNG_SEED\":2}",
                    "\"cfg\":{\"MODEL\":{\"TYPE\":\"regnet\"},\"REGNET\":{\"DEPTH\":13,\"W0\":24,"
                        + "\"WA\":36.44,\"WM\":2.49,\"GROUP_W\":8},\"RNG_SEED\":2}"));
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static String release(String error) {
    return """
    [{"job_id":7,"rng_seed":1,"net":{"block_type":"res_bottleneck_block","ds":[1,16,1,4],\
    "ws":[16,64,128,16],"ss":[1,1,2,2],"bot_muls":[0.0,0.25,0.25,0.25],"num_gs":[1,2,1,2]},\
    "optim":{"base_lr":0.1,"wd":0.0005,"max_ep":100},"params":83002,"flops":69890986,\
    "prec_time":{"a":1.5},"train_ep_loss":[1.5,NaN],%s},
    {"net":{"genotype":{"normal":[["skip",0]]},"width":32},"params":10,"flops":20.0,%s}]
    """
        .formatted(error, error);
  }

  private static String sweep() {
    return """
    [{"cfg":{"TRAIN":{"DATASET":"cifar10"},"RNG_SEED":1},"complexity":{"flops":5,"params":6,\
    "acts":7},"test_epoch":{"top1_err":[50.5,9.25],"epoch_ind":[1,2],"epoch_max":[2,2]},\
    "log_file":"a/logs/000001/stdout.log"},
    {"cfg":{"RNG_SEED":2},"test_ema_epoch":{"top1_err":[50.5],"epoch_ind":[1],"epoch_max":[2]}}]
    """;
  }

  private static String runLog() {
    String provenance =
        """
        "provenance":{"seed":1,"recipeHash":"h","dataset":"cifar10","datasetChecksum":"c",\
        "codeVersion":"v","engine":"e","device":"d","threads":1,"jvm":"j","os":"o",\
        "start":"2026-01-01T00:00:00Z","end":"2026-01-01T01:00:00Z"}}
        """;
    String model =
        """
        "index":0,"architecture":"residual cifar:16 | 1x16 s1","params":1,"macs":2,\
        "ndsFlops":3,"activations":4,"recipe":"r",""";
    return "{\"format\":\"dsa.run/2\",\"id\":\"a\","
        + model
        + "\"outcome\":\"completed\",\"minTestErrorPct\":5.5,\"lastTestErrorPct\":6.5,"
        + "\"epochs\":[{\"trainLoss\":1.5,\"trainErrorPct\":9.5,\"testErrorPct\":5.5,\"trainSeconds\":1,\"evaluationSeconds\":2},{\"trainLoss\":1.5,\"trainErrorPct\":9.5,\"testErrorPct\":6.5,\"trainSeconds\":1,\"evaluationSeconds\":2}],"
        + provenance
        + "{\"format\":\"dsa.run/2\",\"id\":\"b\","
        + model
        + "\"outcome\":\"diverged\",\"divergedInEpoch\":3,"
        + provenance;
  }
}
