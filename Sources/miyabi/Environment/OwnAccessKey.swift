import DynamoDBService
import MiyabiHome

/// The access key by which the owner of a data directory uses its engine.
enum OwnAccessKey {
    /// The key in `credentials`, made when there is none or when somebody has removed it from the directory's keys.
    ///
    /// - Returns: the key's ID.
    static func ensure(in file: AccessKeyFile, _ credentials: CredentialsFile) throws -> String {
        if let (id, secret) = try credentials.key(),
            try file.keys()?.contains(where: { $0.id == id && $0.secret == secret }) == true
        {
            return id
        }
        let key = AccessKey.generate()
        // In this order: a key that nobody knows would stay for ever.
        try credentials.write(id: key.id, secret: key.secret)
        try file.add(key)
        return key.id
    }
}
