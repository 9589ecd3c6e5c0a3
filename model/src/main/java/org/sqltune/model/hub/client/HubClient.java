package org.sqltune.model.hub.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubTransport.Redirects;
import org.sqltune.model.json.JsonObjects;

/**
 * What can be asked of a hub: which files a repository has, what each one's size and hash are, and their bytes.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">the hub's API</a>
 */
public final class HubClient {
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int LONGEST_LISTING_BYTES = 256 << 20;
    /** A file that every repository of the kind has, to ask for the commit where there is no API. */
    private static final List<String> LANDMARKS = List.of("config.json", "adapter_config.json");

    private final HubSettings settings;
    private final HubTransport transport;
    private final HubErrors errors;

    public HubClient(HubSettings settings, HubTransport transport) {
        this.settings = settings;
        this.transport = transport;
        this.errors = new HubErrors(settings);
    }

    /** Bytes of a file, from somewhere in it on. */
    public record Content(InputStream stream, long offset) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /**
     * The files of a repository.
     *
     * @throws HubException if there is no such repository or revision, or it can't be read
     */
    public RepositoryListing list(RepositoryRevision wanted) {
        RepositoryId repository = wanted.repository();
        URI address = address("/api/" + repository.type().plural() + "/" + repository.name() + "/revision/"
                + encode(wanted.revision()) + "?blobs=true");
        Optional<ObjectNode> json = transport.send("GET", address, Map.of(), Redirects.ANYWHERE, answer -> {
            try (InputStream body = answer.body()) {
                if (hasNoApi(answer)) {
                    return Optional.empty();
                }
                check(answer, wanted, "");
                return Optional.of(parse(address, body));
            }
        });
        return json.<RepositoryListing>map(listing -> new NamedListing(this, repository, listing))
                .orElseGet(() -> probe(wanted));
    }

    /** Whether an answer comes from a mirror that keeps files only: a hub's own refusals carry a code. */
    private static boolean hasNoApi(HttpResponse<?> answer) {
        int status = answer.statusCode();
        boolean coded = answer.headers().firstValue("X-Error-Code").isPresent();
        return !coded && (status == 404 || status == 405 || status == 501);
    }

    private static ObjectNode parse(URI address, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LONGEST_LISTING_BYTES);
        try {
            ObjectNode json = JsonObjects.parse(bytes);
            if (NamedListing.isListing(json)) {
                return json;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // The same failure as other JSON.
        }
        throw new HubException(
                Reason.NOT_A_HUB,
                address + " doesn't answer with a list of files: check HF_ENDPOINT, and proxies between");
    }

    private RepositoryListing probe(RepositoryRevision wanted) {
        if (wanted.repository().type() == RepositoryType.MODEL) {
            for (String landmark : LANDMARKS) {
                Optional<String> commit = commitOf(wanted, landmark);
                if (commit.isPresent()) {
                    return new ProbedListing(this, wanted.at(commit.get()));
                }
            }
        }
        throw errors.of(404, HttpHeaders.of(Map.of(), (name, value) -> true), wanted, "");
    }

    private Optional<String> commitOf(RepositoryRevision wanted, String landmark) {
        return head(fileAddress(wanted, landmark), answer -> {
            boolean missing = answer.statusCode() == 404
                    && answer.headers()
                            .firstValue("X-Error-Code")
                            .orElse("EntryNotFound")
                            .equals("EntryNotFound");
            if (missing) {
                return Optional.empty();
            }
            check(answer, wanted, landmark);
            return answer.headers().firstValue("X-Repo-Commit").filter(RepositoryRevision::isCommit);
        });
    }

    /**
     * Size and hash of a file, as the headers of its address say.
     *
     * @throws HubException if there is no such file, or the headers are missing
     */
    RepositoryFile describe(RepositoryRevision at, String path) {
        URI address = fileAddress(at, path);
        return head(address, answer -> {
            check(answer, at, path);
            HttpHeaders headers = answer.headers();
            Optional<String> etag = headers.firstValue("X-Linked-Etag").or(() -> headers.firstValue("ETag"));
            boolean elsewhere = answer.statusCode() >= 300;
            Optional<String> size = headers.firstValue("X-Linked-Size")
                    .or(() -> elsewhere ? Optional.empty() : headers.firstValue("Content-Length"))
                    .filter(text -> text.matches("\\d{1,18}"));
            if (etag.isEmpty() || size.isEmpty()) {
                throw new HubException(
                        Reason.NOT_A_HUB,
                        address + " doesn't say how large the file is and what its hash is: check HF_ENDPOINT");
            }
            return new RepositoryFile(path, Long.parseLong(size.get()), withoutQuotes(etag.get()));
        });
    }

    private <T> T head(URI address, HubTransport.Reader<T> reader) {
        return transport.send("HEAD", address, Map.of(), Redirects.ON_THE_HUB, answer -> {
            answer.body().close();
            return reader.read(answer);
        });
    }

    /** An etag without the marks of a header, {@code W/"…"}. */
    private static String withoutQuotes(String etag) {
        return etag.replaceFirst("^W/", "").replace("\"", "");
    }

    /**
     * The bytes of a file.
     *
     * @param offset the first byte wanted; what comes may begin earlier, at 0
     * @throws HubException if there is no such file, or it has no such byte
     */
    public Content open(RepositoryRevision at, RepositoryFile file, long offset) {
        Map<String, String> headers = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
        return transport.send("GET", fileAddress(at, file.path()), headers, Redirects.ANYWHERE, answer -> {
            try {
                if (answer.statusCode() == RANGE_NOT_SATISFIABLE) {
                    throw new HubException(
                            Reason.WRONG_CONTENT,
                            answer.uri().getAuthority() + " has no more than " + offset + " bytes of " + file.path()
                                    + ", not " + file.size());
                }
                check(answer, at, file.path());
                return new Content(answer.body(), startsAt(answer, offset) ? offset : 0);
            } catch (HubException e) {
                answer.body().close();
                throw e;
            }
        });
    }

    /** Whether an answer is the part that was asked for; a hub may also send everything. */
    private static boolean startsAt(HttpResponse<?> answer, long offset) {
        if (answer.statusCode() != PARTIAL_CONTENT) {
            return false;
        }
        String range = answer.headers().firstValue("Content-Range").orElse("");
        if (range.startsWith("bytes " + offset + "-")) {
            return true;
        }
        throw new HubException(
                Reason.NOT_A_HUB,
                answer.uri().getAuthority() + " sends '" + HubErrors.oneLine(range) + "' where bytes from " + offset
                        + " on were asked for: check HF_ENDPOINT, and proxies between");
    }

    private void check(HttpResponse<?> answer, RepositoryRevision what, String path) {
        if (answer.statusCode() < 400) {
            return;
        }
        if (!transport.isHub(answer.uri())) {
            throw new HubException(
                    Reason.UNREACHABLE,
                    answer.uri().getAuthority() + ", where the hub keeps " + path + ", answers " + answer.statusCode()
                            + ": try again; what has come so far is kept");
        }
        throw errors.of(answer.statusCode(), answer.headers(), what, path);
    }

    private URI fileAddress(RepositoryRevision at, String path) {
        String encoded = Arrays.stream(path.split("/")).map(HubClient::encode).collect(Collectors.joining("/"));
        return address("/" + at.repository().path() + "/resolve/" + encode(at.revision()) + "/" + encoded);
    }

    private URI address(String path) {
        return URI.create(settings.endpoint() + path);
    }

    /** A part of an address's path. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
