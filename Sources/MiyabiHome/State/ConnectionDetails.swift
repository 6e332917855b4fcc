import DynamoDB
public import MiyabiSystem

/// How to connect to the halves that Miyabi owns: lines that a shell and a `.env` file both read.
///
/// No line holds a secret: `DATABASE_URL` leads to a passfile, and the embedded DynamoDB takes any key, so a made-up pair is
/// given to tools that insist on one.
public struct ConnectionDetails: Sendable, Equatable {
    /// `NAME=value` lines, quoted where a shell needs it.
    public let lines: [String]
    private let commentedLines: [String]

    /// The lines for what runs in a home according to its state.
    package init(settings: Settings, state: EnvironmentState) {
        var lines: [String] = []
        var comments: [String] = []
        if let postgres = state.postgres {
            lines.append("DATABASE_URL='\(settings.home.databaseURL(port: postgres.port))'")
            if let url = settings.home.databaseURLWithPassword(port: postgres.port) {
                comments = ["# For drivers that read no passfile:", "# DATABASE_URL='\(url)'"]
            }
        }
        if let dynamoDB = state.dynamoDB {
            lines.append("DYNAMODB_ENDPOINT=\(DynamoDBSettings.embeddedEndpoint(port: dynamoDB.port))")
            // The AWS CLI's version 1 and boto3 know only the older name.
            lines += ["AWS_REGION", "AWS_DEFAULT_REGION"].map { "\($0)=\(settings.dynamoDB.region)" }
            // Whoever has keys set keeps them: any will do, and other tools may need these.
            if settings.dynamoDB.credentials?.accessKeyID ?? DynamoDBSettings.anyKey == DynamoDBSettings.anyKey {
                lines += [
                    "AWS_ACCESS_KEY_ID=\(DynamoDBSettings.anyKey)", "AWS_SECRET_ACCESS_KEY=\(DynamoDBSettings.anyKey)",
                ]
            }
        }
        self.lines = lines
        commentedLines = comments
    }

    /// The details of what runs in a home; nil when nothing does.
    public static func current(_ settings: Settings) throws(OperationsError) -> ConnectionDetails? {
        try EnvironmentState.current(of: settings.home).map { ConnectionDetails(settings: settings, state: $0) }
    }

    /// Writes the home's `env` file, which only its owner reads, since its comments hold the password.
    package func write(to home: MiyabiHome) throws(OperationsError) {
        let text = (["# Written by `miyabi up`."] + lines + commentedLines).joined(separator: "\n") + "\n"
        try Files.write(text, to: home.environmentFile)
    }
}
