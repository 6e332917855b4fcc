import MiyabiSystem

/// An installation of PostgreSQL: the directory with `initdb` and `postgres`, and its major version.
public struct PostgresBinaries: Sendable, Equatable {
    /// The directory, such as `/usr/lib/postgresql/15/bin`.
    public let directory: String
    /// The full version, such as "15.14".
    public let version: String
    /// The major version, such as 15. Clusters of one major version run only on that version.
    public let major: Int

    /// The oldest major version that Miyabi's schema and settings are tested with.
    static let oldestMajor = 15

    var initdb: String { directory + "/initdb" }
    var postgres: String { directory + "/postgres" }
    var pgBaseBackup: String { directory + "/pg_basebackup" }
    var pgReceiveWAL: String { directory + "/pg_receivewal" }
    var pgVerifyBackup: String { directory + "/pg_verifybackup" }
    var pgChecksums: String { directory + "/pg_checksums" }

    /// Finds an installation: the directory given (`MIYABI_POSTGRES_BIN`), else Debian's newest, else the `PATH`.
    ///
    /// - Parameter major: the version that an existing cluster needs.
    /// - Throws: `missingProgram`, saying what to install.
    static func find(
        directory: String? = nil, major: Int? = nil, path: String, debianRoot: String = "/usr/lib/postgresql"
    ) async throws(OperationsError) -> PostgresBinaries {
        if let directory {
            guard let found = try await inspect(directory) else {
                throw OperationsError(
                    .missingProgram, "MIYABI_POSTGRES_BIN is \(directory), which does not contain initdb and postgres")
            }
            try found.require(major)
            return found
        }
        let candidates = directories(path: path, debianRoot: debianRoot) { $0 >= oldestMajor && $0 == major ?? $0 }
        for candidate in candidates {
            guard let found = try await inspect(candidate) else { continue }
            if found.major >= oldestMajor && found.major == major ?? found.major { return found }
        }
        let needed = major.map { "PostgreSQL \($0), which made this cluster," } ?? "PostgreSQL \(oldestMajor) or newer"
        throw OperationsError(
            .missingProgram, "\(needed) is not installed",
            advice: "apt-get install postgresql-\(major ?? oldestMajor)\n"
                + "Or name the directory of initdb and postgres in MIYABI_POSTGRES_BIN, or an external database in DATABASE_URL."
        )
    }

    /// Where PostgreSQL's programs can be: Debian's directories, the newest version first, and then the `PATH`.
    ///
    /// - Parameter isWanted: Which of Debian's major versions count.
    static func directories(path: String, debianRoot: String, where isWanted: (Int) -> Bool) -> [String] {
        let debian = Files.entries(debianRoot).compactMap { Int($0) }.filter(isWanted).sorted(by: >)
        return debian.map { "\(debianRoot)/\($0)/bin" } + path.split(separator: ":").map(String.init)
    }

    private func require(_ wanted: Int?) throws(OperationsError) {
        guard major >= Self.oldestMajor else {
            throw OperationsError(
                .missingProgram, "\(directory) is PostgreSQL \(version); \(Self.oldestMajor) or newer is needed")
        }
        guard let wanted, wanted != major else { return }
        throw OperationsError(
            .missingProgram, "the cluster was made by PostgreSQL \(wanted), and \(directory) is version \(version)",
            advice: "Set MIYABI_POSTGRES_BIN to the programs of PostgreSQL \(wanted).")
    }

    /// The installation in a directory, or nil where there is none.
    private static func inspect(_ directory: String) async throws(OperationsError) -> PostgresBinaries? {
        guard Files.exists(directory + "/initdb"), Files.exists(directory + "/postgres") else { return nil }
        let output = try await ChildProcess.output(of: directory + "/postgres", arguments: ["--version"])
        return parse(output, directory: directory)
    }

    /// Reads "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)".
    static func parse(_ output: String, directory: String) -> PostgresBinaries? {
        let words = output.split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, let major = Int(words[2].prefix { $0.isNumber }) else { return nil }
        return PostgresBinaries(directory: directory, version: String(words[2]), major: major)
    }
}
