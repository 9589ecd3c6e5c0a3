package org.sqltune.model.hub;

import java.nio.file.Path;
import org.sqltune.model.hub.client.RepositoryId;

/**
 * The cache that Hugging Face's tools share: a folder a repository, with content under {@code blobs}, commits under
 * {@code snapshots} as links to it, and the commits that branches and tags stand for under {@code refs}.
 *
 * @param root its folder; need not exist yet
 * @param symlinks whether links may be tried
 * @see <a href="https://huggingface.co/docs/huggingface_hub/guides/manage-cache">its description</a>
 */
record HubCache(Path root, boolean symlinks) {

    /** The part that holds one repository. */
    CachedRepository of(RepositoryId repository) {
        String name = repository.folderName();
        return new CachedRepository(root.resolve(name), root.resolve(".locks").resolve(name), symlinks);
    }
}
