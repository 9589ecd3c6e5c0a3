package org.sqltune.model.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.ModelFiles.Presence;
import org.sqltune.model.hub.client.HubClient;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubException.Reason;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.HubTransport;
import org.sqltune.model.hub.client.Pause;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RetryPolicy;
import org.sqltune.model.json.JsonObjects;

/**
 * Models by their names on the hub. What the cache has is used as it is, without a word to the network; what it hasn't is
 * downloaded, unless the environment says to stay offline.
 */
public final class ModelHub {
    private static final Logger log = LoggerFactory.getLogger(ModelHub.class);

    private final Supplier<HubSettings> settings;
    private final Function<HubSettings, HubDownload> downloads;

    /**
     * @param settings which hub and which cache; asked for only when a name is looked up
     * @param downloads what fetches, for these settings
     */
    public ModelHub(Supplier<HubSettings> settings, Function<HubSettings, HubDownload> downloads) {
        this.settings = settings;
        this.downloads = downloads;
    }

    /**
     * A hub over HTTP.
     *
     * @param settings which hub and which cache, such as {@code HubSettings::ofProcess}; asked for only when a name is
     *     looked up, so that a wrong variable is no trouble for who needs no hub
     * @param display is shown downloads
     */
    public static ModelHub over(Supplier<HubSettings> settings, DownloadDisplay display) {
        return new ModelHub(settings, given -> {
            RetryPolicy retries = RetryPolicy.standard();
            Pause pause = Pause.ofThread();
            HubClient client = new HubClient(given, HubTransport.over(given));
            return new HubDownload(
                    given, client, new BlobDownload(client, retries, pause), pause, display, ModelHub::freeSpace);
        });
    }

    private static long freeSpace(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            // Nobody knows: what doesn't fit will fail when it is written.
            return Long.MAX_VALUE;
        }
    }

    /**
     * A model that the cache has, without asking anybody.
     *
     * @param selection {@code MODEL} or {@code TOKENIZER}
     * @return the snapshot's folder; none if something that is needed isn't there
     */
    public Optional<Path> cached(RepositoryRevision wanted, FileSelection selection) {
        Found found = find(settings.get(), wanted, selection);
        return found.presence() == Presence.PARTIAL ? Optional.empty() : Optional.of(found.folder());
    }

    /**
     * A model: from the cache if that has all of it, else downloaded. A branch or tag that the cache has stays as it is,
     * however old; {@link #refresh} moves it on.
     *
     * @param selection {@code MODEL} or {@code TOKENIZER}
     * @return the snapshot's folder
     * @throws HubException if it can't be had
     * @throws SqlTuneException if the cache can't be written
     */
    public Path get(RepositoryRevision wanted, FileSelection selection) {
        HubSettings given = settings.get();
        Found found = find(given, wanted, selection);
        boolean usable = found.presence() != Presence.PARTIAL;
        if (found.presence() == Presence.WHOLE || (given.offline() && usable)) {
            log.debug("{} is in the cache: {}", wanted, found.folder());
            return found.folder();
        }
        if (given.offline()) {
            throw offline(given, wanted);
        }
        try {
            return downloads.apply(given).fetch(wanted, selection);
        } catch (HubException e) {
            if (usable && e.reason() == Reason.UNREACHABLE) {
                log.warn("{}. Using what the cache has of {}", e.getMessage(), wanted);
                return found.folder();
            }
            throw e;
        }
    }

    /**
     * Bytes that {@link #get} would download, as the hub says; 0 if the cache will do, without asking anybody.
     *
     * @throws HubException if the hub doesn't say
     */
    public long missingBytes(RepositoryRevision wanted, FileSelection selection) {
        HubSettings given = settings.get();
        if (find(given, wanted, selection).presence() != Presence.PARTIAL) {
            return 0;
        }
        if (given.offline()) {
            throw offline(given, wanted);
        }
        return downloads.apply(given).missingBytes(wanted, selection);
    }

    /**
     * Asks the hub what the revision stands for now and downloads what is missing. Offline, what the cache has must do.
     *
     * @return the snapshot's folder
     * @throws HubException if it can't be had
     * @throws SqlTuneException if the cache can't be written
     */
    public Path refresh(RepositoryRevision wanted, FileSelection selection) {
        HubSettings given = settings.get();
        if (!given.offline()) {
            return downloads.apply(given).fetch(wanted, selection);
        }
        Found found = find(given, wanted, selection);
        if (found.presence() == Presence.PARTIAL) {
            throw offline(given, wanted);
        }
        log.warn("HF_HUB_OFFLINE is set: {} is as the cache has it", wanted);
        return found.folder();
    }

    private static HubException offline(HubSettings given, RepositoryRevision wanted) {
        return new HubException(
                Reason.OFFLINE,
                "The " + wanted + " isn't whole in the cache " + given.cache()
                        + ", and HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids to ask for it: unset it, or copy the"
                        + " repository's folder from a machine that has it");
    }

    private record Found(Path folder, Presence presence) {}

    private static Found find(HubSettings given, RepositoryRevision wanted, FileSelection selection) {
        CachedRepository cache = new HubCache(given.cache(), given.symlinks()).of(wanted.repository());
        Optional<String> known = cache.commit(wanted.revision());
        if (known.isEmpty()) {
            // Whether the only snapshot is the branch's, the hub would know: it will do where nobody can be asked.
            return cache.onlyCommit()
                    .filter(commit -> wanted.revision().equals(ModelSettings.MAIN_REVISION))
                    .map(commit -> found(cache, commit, selection))
                    .map(found ->
                            found.presence() == Presence.WHOLE ? new Found(found.folder(), Presence.USABLE) : found)
                    .orElseGet(() -> new Found(given.cache(), Presence.PARTIAL));
        }
        return found(cache, known.get(), selection);
    }

    private static Found found(CachedRepository cache, String commit, FileSelection selection) {
        Path folder = cache.snapshot(commit);
        if (selection == FileSelection.EVERYTHING) {
            return new Found(folder, Files.isDirectory(folder) ? Presence.USABLE : Presence.PARTIAL);
        }
        Function<String, ObjectNode> reader = path -> JsonObjects.read(folder.resolve(path));
        return new Found(
                folder,
                ModelFiles.presence(
                        selection, path -> cache.has(commit, path), path -> cache.lacks(commit, path), reader));
    }
}
