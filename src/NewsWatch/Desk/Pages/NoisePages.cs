using Microsoft.AspNetCore.Http;
using NewsWatch.Desk.Frames;
using NewsWatch.Noise;

namespace NewsWatch.Desk.Pages;

/// <summary>Noise: what each rule cost its readers in 30 days, and what they said.</summary>
internal static class NoisePages
{
    private const int Days = 30;

    public static IResult Show(DeskRequest request) => request.Show<NoisePage, NoiseReport>(
        "Noise", request.Database.Read(db => NoiseReport.Read(db, request.Configuration, null, request.Now.AddDays(-Days), request.Now)));
}
