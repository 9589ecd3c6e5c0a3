package org.sqltune.model.hub.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.sqltune.model.hub.client.HubException.Reason;

/**
 * What a hub's refusals mean and what to do about them. It answers 401 for what is private and for what doesn't exist
 * alike, and says more in the headers {@code X-Error-Code} and {@code X-Error-Message}.
 */
public final class HubErrors {
    private static final int LONGEST_QUOTE = 200;

    private final HubSettings settings;

    /** @param settings who was asked, and as whom */
    HubErrors(HubSettings settings) {
        this.settings = settings;
    }

    /**
     * The failure behind an answer.
     *
     * @param status 400 or more
     * @param what what was asked for
     * @param path the file that was asked for; empty for the repository
     */
    HubException of(int status, HttpHeaders headers, RepositoryRevision what, String path) {
        RepositoryId repository = what.repository();
        String code = headers.firstValue("X-Error-Code").orElse("");
        String said =
                headers.firstValue("X-Error-Message").map(HubErrors::oneLine).orElse("");
        return switch (code) {
            case "GatedRepo" -> gated(repository);
            case "RevisionNotFound" -> noRevision(what);
            case "EntryNotFound" -> noFile(what, path);
            case "RepoNotFound" -> noRepository(repository);
            default ->
                switch (status) {
                    case 401 -> settings.token() == null ? noRepository(repository) : wrongToken(repository);
                    case 403 -> forbidden(repository, said);
                    case 404 -> path.isEmpty() ? noRepository(repository) : noFile(what, path);
                    default ->
                        new HubException(
                                Reason.NOT_A_HUB,
                                settings.endpoint() + " answers " + status + " for " + what
                                        + (path.isEmpty() ? "" : ", " + path) + (said.isEmpty() ? "" : ": " + said)
                                        + ". Check HF_ENDPOINT, or try again later");
                };
        };
    }

    private HubException gated(RepositoryId repository) {
        String account = settings.token() == null
                ? "log in there, accept the terms, and set HF_TOKEN to a token of that account (" + tokens() + ")"
                : "accept them there with the account whose token you use, wait until access is granted, and try again";
        return new HubException(
                Reason.FORBIDDEN,
                "The " + repository + " is gated: its terms are at " + page(repository) + ": " + account);
    }

    private HubException wrongToken(RepositoryId repository) {
        return new HubException(
                Reason.FORBIDDEN,
                settings.endpoint() + " doesn't accept your token for the " + repository
                        + ": it is wrong or expired, or the name is. Make a new one at " + tokens()
                        + " and set HF_TOKEN, or unset it if the repository is public");
    }

    private HubException forbidden(RepositoryId repository, String said) {
        return new HubException(
                Reason.FORBIDDEN,
                settings.endpoint() + " doesn't let you read the " + repository
                        + (said.isEmpty() ? "" : " (" + said + ")")
                        + ": if " + page(repository)
                        + " shows terms, accept them; else give your token the right to read"
                        + " it, at " + tokens());
    }

    private HubException noRepository(RepositoryId repository) {
        String other =
                repository.type() == RepositoryType.MODEL ? "a data set needs --dataset" : "a model needs no --dataset";
        String access = settings.token() == null
                ? "a private one needs HF_TOKEN, a token of an account that may read it (" + tokens() + ")"
                : "a private one needs a token of an account that may read it";
        return new HubException(
                Reason.NO_REPOSITORY,
                settings.endpoint() + " has no " + repository + " that you may read. Check the name; " + access + "; "
                        + other);
    }

    private HubException noRevision(RepositoryRevision what) {
        return new HubException(
                Reason.NO_REVISION,
                "The " + what.repository() + " has no revision " + what.revision()
                        + ": give a branch, a tag or a whole commit hash, see " + page(what.repository())
                        + "/tree/main");
    }

    private HubException noFile(RepositoryRevision what, String path) {
        return new HubException(
                Reason.NO_FILE, "The " + what + " has no file " + path + ": see " + page(what.repository()));
    }

    /** The failure of an address that keeps asking to wait. */
    static HubException busy(URI address, int status, Duration wait, boolean withToken) {
        String remedy = status == RetryPolicy.TOO_MANY_REQUESTS
                ? "too many requests; it asks to wait " + Math.max(1, wait.toSeconds()) + " s: try again after that"
                        + (withToken ? "" : ", or set HF_TOKEN, since known users may ask more often")
                : "it is in trouble: try again later; what is done so far is kept";
        return new HubException(Reason.UNREACHABLE, address.getAuthority() + " answers " + status + ", " + remedy);
    }

    /** The failure of an address that doesn't answer. */
    static HubException unreachable(URI address, IOException e) {
        String remedy = e instanceof SSLException
                ? "check the clock, and whether a proxy replaces certificates (java -Djavax.net.ssl.trustStore=…)"
                : "check the network (behind a proxy: java -Dhttps.proxyHost=… -Dhttps.proxyPort=…) and HF_ENDPOINT, and"
                        + " try again; what is done so far is kept";
        return new HubException(
                Reason.UNREACHABLE, "Can't reach " + address.getAuthority() + " (" + describe(e) + "): " + remedy, e);
    }

    /** What went wrong with a connection, in few words: the JDK's exceptions often have no message. */
    public static String describe(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "unknown host, or connection refused";
        }
        return oneLine(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** Somebody else's text as part of one line. */
    public static String oneLine(String text) {
        String line =
                text.lines().map(String::strip).collect(Collectors.joining(" ")).replaceAll("\\p{Cntrl}", "");
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line;
    }

    private String page(RepositoryId repository) {
        return settings.endpoint() + "/" + repository.path();
    }

    private String tokens() {
        return settings.endpoint() + "/settings/tokens";
    }
}
