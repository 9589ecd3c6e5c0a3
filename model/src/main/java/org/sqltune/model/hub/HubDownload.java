package org.sqltune.model.hub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.model.hub.client.HubClient;
import org.sqltune.model.hub.client.HubException;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.hub.client.Pause;
import org.sqltune.model.hub.client.RepositoryFile;
import org.sqltune.model.hub.client.RepositoryListing;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.json.JsonObjects;

/** Brings the wanted files of a repository into the cache, as the hub has them now. */
public final class HubDownload {
    private static final Logger log = LoggerFactory.getLogger(HubDownload.class);

    private final HubSettings settings;
    private final HubClient client;
    private final BlobDownload blobs;
    private final Pause pause;
    private final DownloadDisplay display;
    private final ToLongFunction<Path> freeSpace;

    /** @param freeSpace bytes that may be written below a folder that is there */
    public HubDownload(
            HubSettings settings,
            HubClient client,
            BlobDownload blobs,
            Pause pause,
            DownloadDisplay display,
            ToLongFunction<Path> freeSpace) {
        this.settings = settings;
        this.client = client;
        this.blobs = blobs;
        this.pause = pause;
        this.display = display;
        this.freeSpace = freeSpace;
    }

    /**
     * Asks the hub and fetches what is missing. What the revision stands for is noted last, once all is there.
     *
     * @return the snapshot's folder
     * @throws HubException if the hub doesn't give it
     * @throws SqlTuneException if it can't be written
     */
    Path fetch(RepositoryRevision wanted, FileSelection selection) {
        RepositoryListing listing = client.list(wanted);
        RepositoryRevision at = wanted.at(listing.commit());
        CachedRepository cache = cacheOf(wanted);
        List<RepositoryFile> missing = missing(wanted, listing, selection);
        if (!missing.isEmpty()) {
            fetch(wanted, at, cache, missing);
        }
        if (selection != FileSelection.EVERYTHING) {
            ModelFiles.EXPECTED.stream()
                    .filter(path -> !listing.has(path))
                    .forEach(path -> cache.markLacking(at.revision(), path));
        }
        cache.pin(wanted.revision(), at.revision());
        return cache.snapshot(at.revision());
    }

    /** Bytes that {@link #fetch} would bring; an index that says which files there are is fetched for it. */
    long missingBytes(RepositoryRevision wanted, FileSelection selection) {
        CachedRepository cache = cacheOf(wanted);
        return missing(wanted, client.list(wanted), selection).stream()
                .mapToLong(file -> file.size() - alreadyHere(cache, file))
                .sum();
    }

    private CachedRepository cacheOf(RepositoryRevision wanted) {
        return new HubCache(settings.cache(), settings.symlinks()).of(wanted.repository());
    }

    private List<RepositoryFile> missing(
            RepositoryRevision wanted, RepositoryListing listing, FileSelection selection) {
        RepositoryRevision at = wanted.at(listing.commit());
        CachedRepository cache = cacheOf(wanted);
        List<String> paths = ModelFiles.select(wanted, listing, selection, path -> read(at, cache, listing.file(path)));
        return paths.stream()
                .map(listing::file)
                .filter(file -> !cache.has(at.revision(), file))
                .toList();
    }

    private ObjectNode read(RepositoryRevision at, CachedRepository cache, RepositoryFile file) {
        bring(at, cache, file, bytes -> {});
        return JsonObjects.read(file.in(cache.snapshot(at.revision())));
    }

    private void fetch(
            RepositoryRevision wanted, RepositoryRevision at, CachedRepository cache, List<RepositoryFile> missing) {
        long total = 0;
        long here = 0;
        for (RepositoryFile file : missing) {
            total += file.size();
            here += alreadyHere(cache, file);
        }
        if (here < total) {
            checkSpace(total - here);
            announce(wanted, at, missing, total, here);
        }
        try (DownloadDisplay.Task task = display.begin()) {
            long before = 0;
            for (RepositoryFile file : missing) {
                long start = before;
                long all = total;
                bring(at, cache, file, bytes -> task.advanced(start + bytes, all, file.path()));
                before += file.size();
            }
        }
    }

    private static long alreadyHere(CachedRepository cache, RepositoryFile file) {
        Path blob = cache.blob(file.etag());
        return cache.hasBlob(file)
                ? file.size()
                : Math.min(file.size(), Math.max(0, CachedRepository.size(partial(blob))));
    }

    private void announce(
            RepositoryRevision wanted, RepositoryRevision at, List<RepositoryFile> missing, long total, long here) {
        log.info(
                "Downloading {} ({}) from {} to {}: {} file{}, {}{}",
                wanted.repository(),
                wanted.isCommit() ? wanted.revision() : wanted.revision() + ", commit " + at.revision(),
                settings.endpoint(),
                settings.cache(),
                missing.size(),
                missing.size() == 1 ? "" : "s",
                ByteSizes.inWords(total),
                here == 0 ? "" : ", of which " + ByteSizes.inWords(here) + " are here already");
    }

    private void checkSpace(long needed) {
        create(settings.cache());
        long free = freeSpace.applyAsLong(settings.cache());
        if (free < needed) {
            throw new SqlTuneException("The disk of " + settings.cache() + " has " + ByteSizes.inWords(free) + " free, "
                    + ByteSizes.inWords(needed)
                    + " are needed: make room, or name a folder on another disk by HF_HOME");
        }
    }

    /** Fetches one file into the snapshot; waits for another process that fetches the same content. */
    private void bring(RepositoryRevision at, CachedRepository cache, RepositoryFile file, LongConsumer progress) {
        if (cache.has(at.revision(), file)) {
            return;
        }
        Path blob = cache.blob(file.etag());
        try (BlobLock lock = BlobLock.take(cache.lock(file.etag()), file.path(), pause)) {
            if (!cache.hasBlob(file)) {
                create(cache.blobs());
                // Without a lock, two processes must not write into one file.
                Path partial = lock.isHeld() ? partial(blob) : partial(blob, UUID.randomUUID() + ".");
                blobs.fetch(at, file, partial, blob, progress);
            }
            cache.show(at.revision(), file);
        }
        progress.accept(file.size());
    }

    /** A name of our own: Python writes to {@code ETAG.incomplete} or {@code ETAG.RANDOM.incomplete}. */
    private static Path partial(Path blob) {
        return partial(blob, "");
    }

    private static Path partial(Path blob, String distinction) {
        return blob.resolveSibling(blob.getFileName() + "." + distinction + "sqltune.incomplete");
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CachedRepository.cannotWrite(folder, e);
        }
    }
}
