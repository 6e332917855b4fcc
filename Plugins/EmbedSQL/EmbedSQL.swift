import Foundation
import PackagePlugin

/// Generates `EmbeddedSQL.swift`, which holds the files of the package's `Database/migrations` and `Database/seeds`, in
/// the target that uses the plugin.
///
/// Every file is a declared input, so that an edit rebuilds. SwiftPM asks plugins anew only when something changes in
/// a target's own folder; the target therefore contains a symbolic link to `Database` (which it excludes from its
/// sources), and so a new file is noticed too.
@main
struct EmbedSQL: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let database = context.package.directoryURL.appending(path: "Database")
        let directories = ["migrations", "seeds"].map { database.appending(path: $0) }
        let files = try directories.flatMap { directory in
            try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "sql" }
                .sorted { $0.path < $1.path }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSQL.swift")
        return [
            .buildCommand(
                displayName: "Embedding the SQL files of Database",
                executable: try context.tool(named: "EmbedSQLTool").url,
                arguments: [output.path] + directories.map(\.path),
                inputFiles: directories + files,
                outputFiles: [output])
        ]
    }
}
