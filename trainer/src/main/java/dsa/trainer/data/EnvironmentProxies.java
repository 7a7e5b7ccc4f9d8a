package dsa.trainer.data;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, as curl reads it: {@code http_proxy}, {@code https_proxy}
 * and {@code all_proxy} hold {@code [http://]HOST[:PORT]}, {@code no_proxy} the hosts and domains,
 * separated by commas, that are reached directly, or {@code *}. All but {@code http_proxy} may be
 * in capitals instead. This machine itself is never asked for through a proxy. Where the
 * environment names none, Java's own settings hold.
 */
final class EnvironmentProxies extends ProxySelector {

  private static final int PORT = 1080; // curl's, for proxies without one

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** A proxy and the variable that names it. */
  private record Named(String variable, InetSocketAddress address) {}

  /**
   * The proxies to try for an address.
   *
   * @throws IllegalArgumentException if the variable for it has no address of an HTTP proxy
   */
  @Override
  public List<Proxy> select(URI target) {
    Optional<Named> proxy = proxy(target);
    if (proxy.isPresent()) {
      return List.of(new Proxy(Proxy.Type.HTTP, proxy.get().address()));
    }
    ProxySelector java = ProxySelector.getDefault();
    return java == null || java instanceof EnvironmentProxies
        ? List.of(Proxy.NO_PROXY)
        : java.select(target);
  }

  @Override
  public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
    // the client reports it
  }

  /** What to add to a failure's reason: the proxy in the way, or nothing. */
  String remark(URI target) {
    return proxy(target)
        .map(
            proxy ->
                " by the proxy "
                    + proxy.address().getHostString()
                    + ":"
                    + proxy.address().getPort()
                    + " that "
                    + proxy.variable()
                    + " names")
        .orElse("");
  }

  private Optional<Named> proxy(URI target) {
    if (isDirect(target.getHost())) {
      return Optional.empty();
    }
    String own = target.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    return variable(own).or(() -> variable("all_proxy")).map(name -> named(name));
  }

  /** The variable of this name, if it is set to something. */
  private Optional<String> variable(String name) {
    // HTTP_PROXY can be set by whoever sends a request to a CGI script
    List<String> spellings =
        name.equals("http_proxy") ? List.of(name) : List.of(name, name.toUpperCase(Locale.ROOT));
    return spellings.stream()
        .filter(spelling -> !environment.getOrDefault(spelling, "").isBlank())
        .findFirst();
  }

  private Named named(String variable) {
    String text = environment.get(variable).strip();
    URI address;
    try {
      address = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw unusable(variable);
    }
    if (!"http".equalsIgnoreCase(address.getScheme())
        || address.getHost() == null
        || address.getUserInfo() != null) {
      throw unusable(variable);
    }
    int port = address.getPort() < 0 ? PORT : address.getPort();
    return new Named(variable, InetSocketAddress.createUnresolved(address.getHost(), port));
  }

  private static IllegalArgumentException unusable(String variable) {
    // its text may hold a password
    return new IllegalArgumentException(
        "the environment variable "
            + variable
            + " must name an HTTP proxy without a password, http://HOST:PORT; correct it, or list"
            + " the server in no_proxy");
  }

  private boolean isDirect(String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    if (wanted.equals("localhost") || wanted.startsWith("127.") || wanted.equals("[::1]")) {
      return true;
    }
    return variable("no_proxy").map(environment::get).stream()
        .flatMap(list -> List.of(list.split("[,\\s]+")).stream())
        .map(entry -> entry.toLowerCase(Locale.ROOT))
        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
        .filter(entry -> !entry.isEmpty())
        .anyMatch(
            entry -> entry.equals("*") || wanted.equals(entry) || wanted.endsWith("." + entry));
  }
}
