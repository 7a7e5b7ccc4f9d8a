package dsa.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Chromium without a window, driven by the Chrome DevTools Protocol. */
final class Browser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private int last;

  /** The program, if this machine has one. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> Stream.of("chromium", "google-chrome").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-extensions",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    String base = null;
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    Pattern address = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
    for (String line = said.readLine(); line != null && base == null; ) {
      Matcher match = address.matcher(line);
      if (match.matches()) {
        base = "http://" + match.group(1);
      } else {
        line = said.readLine();
      }
    }
    if (base == null) {
      throw new IOException("Chromium ended before it listened");
    }
    Thread drain =
        new Thread(
            () -> {
              try {
                while (said.readLine() != null) {}
              } catch (IOException e) {
                // the browser is gone, and with it what it said
              }
            });
    drain.setDaemon(true);
    drain.start();
    HttpClient client = HttpClient.newHttpClient();
    JsonNode pages =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(base + "/json/list")).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    String page = "";
    for (JsonNode each : pages) {
      page =
          each.path("type").asText().equals("page")
              ? each.path("webSocketDebuggerUrl").asText()
              : page;
    }
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).get();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", JSON.createObjectNode());
    }
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          if (message.has("id")) {
            answers.get(message.get("id").asInt()).complete(message);
          } else {
            events.add(message);
          }
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Calls a method of the protocol; its result. */
  JsonNode call(String method, ObjectNode parameters) throws Exception {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).get();
    JsonNode got = answer.get(10, TimeUnit.MINUTES);
    if (got.has("error")) {
      throw new IOException(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  /** The value of an expression of JavaScript, promises awaited. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call(
            "Runtime.evaluate",
            object()
                .put("expression", expression)
                .put("returnByValue", true)
                .put("awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IOException(result.get("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /** Opens a file and waits until it is drawn; forgets events of earlier pages. */
  void open(Path file) throws Exception {
    events.clear();
    call("Page.navigate", object().put("url", file.toUri().toString()));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (events.stream().noneMatch(e -> named(e, "Page.loadEventFired"))) {
      if (System.nanoTime() > end) {
        throw new IOException(file + " is not loaded after ten minutes");
      }
      Thread.sleep(20);
    }
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  private static boolean named(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  /** Addresses asked for since the page was opened, the page's own left out. */
  List<String> requests(Path page) {
    return events.stream()
        .filter(event -> named(event, "Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asText())
        .filter(url -> !url.equals(page.toUri().toString()))
        .toList();
  }

  /** What scripts or the page's policy complained of. */
  List<String> complaints() {
    return events.stream()
        .filter(
            event ->
                named(event, "Runtime.exceptionThrown")
                    || named(event, "Log.entryAdded")
                    || named(event, "Runtime.consoleAPICalled"))
        .map(JsonNode::toString)
        .toList();
  }

  /** Presses and releases a key that is no letter. */
  void key(String name, int code) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          object()
              .put("type", type)
              .put("key", name)
              .put("code", name)
              .put("windowsVirtualKeyCode", code));
    }
  }

  void mouse(String type, double x, double y) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        object()
            .put("type", type)
            .put("x", x)
            .put("y", y)
            .put("button", type.equals("mouseMoved") ? "none" : "left")
            .put("buttons", 1)
            .put("clickCount", 1));
  }

  /** The page as wide as {@code width} pixels, in a light or a dark colour scheme, as PNG. */
  byte[] picture(int width, String scheme, String media) throws Exception {
    look(width, scheme, media);
    JsonNode shot =
        call(
            "Page.captureScreenshot",
            object().put("format", "png").put("captureBeyondViewport", true));
    return Base64.getDecoder().decode(shot.get("data").asText());
  }

  /** Sets the width of the window, the colour scheme and the medium. */
  void look(int width, String scheme, String media) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", 1000)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode emulated = object().put("media", media);
    emulated
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    call("Emulation.setEmulatedMedia", emulated);
    evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    process.destroy();
    process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
  }
}
