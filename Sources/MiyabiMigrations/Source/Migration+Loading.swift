public import Foundation

extension Migration {
    /// The migrations of `Database/migrations` as they were when the program was built.
    ///
    /// - Throws: ``MigrationError`` with code `invalidSource`.
    public static var embedded: [Migration] {
        get throws(MigrationError) { try assemble(EmbeddedSQL.migrations) }
    }

    /// The migrations in the files of `directory`. Files that are not named like a migration are left out.
    ///
    /// - Throws: ``MigrationError`` with code `invalidSource` for a directory or file that cannot be read, a file that is
    ///   not UTF-8, and every fault of ``embedded``.
    public static func load(directory: URL) throws(MigrationError) -> [Migration] {
        do {
            let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
                .filter { try MigrationFileName($0.lastPathComponent) != nil }
                .map { file in
                    let bytes = try Data(contentsOf: file)
                    guard let text = String(validating: bytes, as: UTF8.self) else {
                        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
                        throw MigrationError(
                            .invalidSource, "\(file.path) is \(isUTF16 ? "UTF-16" : "not UTF-8"); save it as UTF-8")
                    }
                    return (name: file.lastPathComponent, text: text)
                }
            return try assemble(files)
        } catch let error as MigrationError {
            throw error
        } catch {
            throw MigrationError(
                .invalidSource, "the migrations in \(directory.path) cannot be read: \(error.localizedDescription)")
        }
    }
}
