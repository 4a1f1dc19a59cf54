using NewsWatch.Configuration;
using NewsWatch.Delivery.Sending;
using NewsWatch.Messages;
using NewsWatch.Messages.Mail;
using NewsWatch.Storage;
using NewsWatch.Storage.Deliveries;

namespace NewsWatch.Delivery.Smtp;

/// <summary>Writes mails into a folder, whole or not at all; a message that is written twice is one file, because its name is its id.</summary>
internal sealed class PickupSender(Channel.Pickup channel, MailComposer composer) : ISender
{
    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(ClaimedBundle bundle, CancellationToken cancellationToken)
    {
        var identity = MailIdentity.Create(channel);
        var id = MessageName.MailId(bundle.Bundle, identity.Domain);
        var (message, _) = await composer.ComposeAsync(bundle, identity, cancellationToken);
        var file = Path.Combine(channel.Folder, id.Split('@')[0] + ".eml");
        try
        {
            OwnerOnly.CreateFolder(channel.Folder);
            await using (var stream = OwnerOnly.Create(file + ".part"))
            {
                await message.WriteToAsync(stream, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            CrashPoint.Reached("smtp.accepted");
            File.Move(file + ".part", file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(new SendResult.NoConnection($"the folder cannot be written: {failure.Message}"), id);
        }

        return new(new SendResult.Accepted($"written to {Path.GetFileName(file)}"), id, message.Subject);
    }
}
