package org.sqltune.model.hub.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.hub.BlobDownload;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.HubDownload;
import org.sqltune.model.hub.ModelHub;

/** A {@link ModelHub} over a {@link FakeHub}: waits are noted instead of waited, except for locks. */
public final class HubFixture {
    private static final Duration LOCK_POLL = Duration.ofMillis(100);

    final List<Duration> waits = new ArrayList<>();
    public final List<String> progress = new ArrayList<>();
    /** Where requests go and what is known about who asks; a test may put another in its place. */
    public HubSettings settings;

    /** How long to wait for an answer and for its next bytes: long, since the machine may be busy. */
    Duration patience = Duration.ofSeconds(60);

    /** Called whenever a lock isn't to be had yet. */
    public Runnable whileLocked = () -> {};

    public ToLongFunction<Path> freeSpace = folder -> Long.MAX_VALUE;

    public HubFixture(URI endpoint, Path cache) {
        settings = new HubSettings(endpoint, cache, false, null, true);
    }

    void token(@Nullable String token) {
        settings =
                new HubSettings(settings.endpoint(), settings.cache(), settings.offline(), token, settings.symlinks());
    }

    public void offline(boolean offline) {
        settings =
                new HubSettings(settings.endpoint(), settings.cache(), offline, settings.token(), settings.symlinks());
    }

    public void withoutSymlinks() {
        settings = new HubSettings(settings.endpoint(), settings.cache(), settings.offline(), settings.token(), false);
    }

    public ModelHub hub() {
        return new ModelHub(() -> settings, this::download);
    }

    /** Downloads a model as it is now. */
    public Path model(String name) {
        return hub().refresh(main(name), FileSelection.MODEL);
    }

    public static RepositoryRevision main(String name) {
        return new RepositoryRevision(new RepositoryId(RepositoryType.MODEL, name), "main");
    }

    private HubDownload download(HubSettings given) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        RetryPolicy retries =
                new RetryPolicy(4, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), InstantSource.system());
        Pause pause = time -> {
            if (time.equals(LOCK_POLL)) {
                whileLocked.run();
                Thread.sleep(5);
            } else {
                waits.add(time);
            }
        };
        HubClient client = new HubClient(given, new HubTransport(http, given, retries, pause, patience));
        return new HubDownload(given, client, new BlobDownload(client, retries, pause), pause, this::begin, freeSpace);
    }

    private DownloadDisplay.Task begin() {
        progress.add("begin");
        return new DownloadDisplay.Task() {
            @Override
            public void advanced(long done, long total, String message) {
                progress.add(done + "/" + total + " " + message);
            }

            @Override
            public void close() {
                progress.add("end");
            }
        };
    }
}
