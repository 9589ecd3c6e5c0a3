package org.sqltune.model.hub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.model.hub.BlobHash;

/** Names, hashes, sizes and waits. */
class HubNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"TinyLlama/TinyLlama-1.1B-Chat-v1.0", "a/b", "0_x/y.z", "gpt2"})
    void namesThatTheHubAllows(String name) {
        assertThat(new RepositoryId(RepositoryType.MODEL, name).folderName())
                .isEqualTo("models--" + name.replace("/", "--"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a/b/c", "-a/b", "a/b-", "a--b/c", "a/..", "../a", "a/b.git", "a b/c", "/a", "a/", "é/b", "C:\\x"
            })
    void namesThatItDoesNot(String name) {
        assertThatThrownBy(() -> new RepositoryId(RepositoryType.MODEL, name))
                .hasMessageStartingWith("'" + name + "' can't be a name on the hub: give owner/name");
        assertThat(RepositoryId.ofModel(name)).isEmpty();
    }

    @Test
    void aModelsNameInAConfigurationNeedsItsOwner() {
        assertThat(RepositoryId.ofModel("gpt2")).isEmpty();
        assertThat(RepositoryId.ofModel("owner/name")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "refs/pr/1", "v1.0", "feature_x-2", "0123456789abcdef0123456789abcdef01234567"})
    void revisionsAsGitHasThem(String revision) {
        assertThatCode(() -> HubFixture.main("a/b").at(revision)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "..", "../main", "a/../b", "/main", "a//b", "main/", ".hidden", "a/.b", "a b", "a:b", "a\\b", "a?b"
            })
    void revisionsThatCouldLeadElsewhere(String revision) {
        assertThatThrownBy(() -> HubFixture.main("a/b").at(revision))
                .hasMessageContaining("can't be a revision: give a branch, a tag, or a commit");
    }

    /** As {@code git hash-object} and {@code sha256sum} say. */
    @Test
    void hashesAreThoseOfGitAndSha256(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "hello\n");
        String git = "ce013625030ba8dba906f756967f9e9ca394464a";
        String sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        assertThat(BlobHash.of(git)).isEqualTo(BlobHash.GIT_SHA1);
        assertThat(BlobHash.GIT_SHA1.compute(file)).isEqualTo(git);
        assertThat(BlobHash.of(sha256)).isEqualTo(BlobHash.SHA256);
        assertThat(BlobHash.SHA256.compute(file)).isEqualTo(sha256);
        assertThat(List.of("abc", git.toUpperCase(java.util.Locale.ROOT), "5e-gzip"))
                .allMatch(etag -> BlobHash.of(etag) == BlobHash.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "2200119864, 2.2 GB",
        "999999, 1.0 MB",
        "1999999999999, 2.0 TB"
    })
    void sizesAreAsTheHubShowsThem(long bytes, String words) {
        assertThat(ByteSizes.inWords(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | 120",
                "0 | 0",
                "Sat, 21 Nov 2026 12:00:30 GMT | 30",
                "Sat, 21 Nov 2026 11:00:00 GMT | 0",
            })
    void aHubMayNameSecondsOrADate(String header, long seconds) {
        assertThat(retryAfter(header)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999", ""})
    void whatIsNeitherIsIgnored(String header) {
        assertThat(retryAfter(header)).isEmpty();
    }

    private static java.util.Optional<Duration> retryAfter(String header) {
        InstantSource noon = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
        return new RetryPolicy(1, 1, Duration.ZERO, Duration.ZERO, noon)
                .retryAfter(HttpHeaders.of(Map.of("Retry-After", List.of(header)), (name, value) -> true));
    }
}
